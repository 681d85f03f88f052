from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    name = "guiyan.policies"
    label = "policies"
    verbose_name = "政策措施"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from guiyan.policies import receivers  # noqa: F401  a document that ended ends its measures
