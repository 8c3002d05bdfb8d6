"""The WSGI application, and nothing else: `gunicorn app:app`, `flask --app app …`."""

from giftshop.application import create_app

app = create_app()
