"""What every answer carries so that nothing leaks: no outside resource, no script but our own, no referrer, no cache.

Also tells whether a post comes from our own page. Refuses to name the software that serves it.
"""

from aiohttp import web

#: Sent with every answer. Styles and scripts are files of ours; nothing may be written into a page.
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-DNS-Prefetch-Control": "off",
    "X-Robots-Tag": "noindex, noarchive",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), fullscreen=(), "
        "geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=(), browsing-topics=()"
    ),
}

#: Over TLS alone; two years, as the preload list asks.
STRICT_TRANSPORT = "max-age=63072000; includeSubDomains"


async def add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    """Put the headers on an answer, unless it has its own (static files may be cached)."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.pop("Server", None)


def is_ours(request: web.Request) -> bool:
    """Tell whether a post was made on a page of ours, as far as the browser says.

    `Sec-Fetch-Site` counts where it is sent. An `Origin` of `null` is what our own pages give, as they send no
    referrer; the cookie, which no other site's post carries (SameSite=Strict), decides then.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin", "null")
    return origin == "null" or origin.partition("://")[2] == request.host
