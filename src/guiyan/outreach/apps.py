from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "guiyan.outreach"
    label = "outreach"
    verbose_name = "精准推送"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from guiyan.outreach import receivers, tasks  # noqa: F401  the jobs that tell people, and what counts as contact
