from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "guiyan.insights"
    label = "insights"
    verbose_name = "统计与驾驶舱"

    def ready(self) -> None:
        from guiyan.insights import receivers  # noqa: F401  subscribes to what moves an indicator
        from guiyan.insights.matching import pieces  # noqa: F401  computes matching runs
        from guiyan.insights.snapshot import tasks  # noqa: F401  keeps the last facts of everybody
        from guiyan.insights.whatif import computing  # noqa: F401  computes what-ifs
