"""The web application, as gunicorn finds it."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guiyan.config.settings")

application = get_wsgi_application()
