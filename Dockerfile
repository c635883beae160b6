# The image of bot, case store and scheduler: one program, three commands. compose.yaml says which one runs where.
# Nothing is compiled, fetched by hand or run as root in what is left at the end; every package is pinned by hash.

FROM python:3.11-slim-bookworm AS build
WORKDIR /src
RUN python -m venv /opt/madoguchi
COPY requirements.lock ./
RUN /opt/madoguchi/bin/pip install --no-cache-dir --disable-pip-version-check --only-binary=:all: --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY backend backend
COPY madoguchi madoguchi
RUN /opt/madoguchi/bin/pip install --no-cache-dir --disable-pip-version-check --no-index --no-deps --no-build-isolation .

FROM python:3.11-slim-bookworm
# Debian's own Python comes along with it: it runs in a child process, and cleans Office files.
RUN apt-get update && apt-get install --yes --no-install-recommends mat2 && rm -rf /var/lib/apt/lists/*
# Two users, so that a break-out from one side meets files that belong to the other. The numbers stand in deploy/make-secrets.
RUN groupadd --gid 10001 bot && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin bot \
 && groupadd --gid 10002 backend && useradd --uid 10002 --gid 10002 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin backend
COPY --from=build /opt/madoguchi /opt/madoguchi
ENV PATH=/opt/madoguchi/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PYTHONUTF8=1
WORKDIR /run/madoguchi
USER 10001:10001
ENTRYPOINT ["madoguchi"]
CMD ["--help"]
