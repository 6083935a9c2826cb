"""What gunicorn serves in ``serve.sh``."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
