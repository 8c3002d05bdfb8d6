"""The WSGI application, and nothing else: `gunicorn app:app`, `flask --app app …`."""

from giftshop.application import open_shop

app = open_shop()
