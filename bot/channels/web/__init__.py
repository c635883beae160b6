"""The web page: forms made on the server, which need no JavaScript, no outside resource and no address of their own."""

from bot.channels.web.app import routes as routes
