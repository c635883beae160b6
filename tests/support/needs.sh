#!/usr/bin/env bash
# Installs the programs that tests drive for real, where it may; otherwise says what will be skipped and why.
# With arguments it looks after those rows alone. It never fails: a missing program skips its tests, and they say so.
set -u

missing=()
skipped=()

present() {
    case $1 in
    chromium) command -v chromium ;;
    postgresql) command -v initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' ;;
    fonts-noto-cjk) compgen -G '/usr/share/fonts/opentype/noto/NotoSansCJK*' ;;
    nginx) [ -x /usr/sbin/nginx ] || command -v nginx ;;
    mat2) [ -d /usr/lib/python3/dist-packages/libmat2 ] ;;
    npm) command -v npm ;;
    openssl) command -v openssl ;;
    redis-server) command -v redis-server ;;
    esac >/dev/null
}

# Debian package : what is skipped without it.
needs() {
    cat <<'ROWS'
chromium:the web chat in a browser
postgresql:the storage contract on PostgreSQL
fonts-noto-cjk:nothing, but screenshots show boxes for Japanese
nginx:the split deployment behind its proxy
mat2:the cleaning of Office files
npm:the accessibility check of the web chat, and the talks on Telegram and Slack
openssl:the split deployment behind its proxy
redis-server:what many bots share, on Redis
ROWS
}

while IFS=: read -r package without; do
    if [ $# -gt 0 ] && [[ " $* " != *" $package "* ]]; then continue; fi
    if present "$package"; then continue; fi
    missing+=("$package")
    skipped+=("$package (skipped without it: $without)")
done < <(needs)

[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing for the tests: ${missing[*]}"
    export DEBIAN_FRONTEND=noninteractive
    if apt-get -qq update && apt-get -qq install -y --no-install-recommends "${missing[@]}" >/dev/null; then exit 0; fi
    echo "They could not be installed."
else
    echo "Not installed, and only root on Debian can install them from here:"
fi
printf '  %s\n' "${skipped[@]}"
exit 0
