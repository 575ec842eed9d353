"""Addresses of this app."""

from django.urls import path

from .views import acts, campaign, directives, events, plans, tasks

app_name = "campaigns"
urlpatterns = [
    path("campaign/plan/", campaign.campaign, name="campaign"),
    path("campaign/plan/deeds/<slug:deed>/", campaign.move, name="move"),
    path("campaign/plan/rules/<slug:key>/", campaign.rule, name="rule"),
    path("campaign/plan/quotas/", campaign.quotas, name="quotas"),
    path("campaign/new/", plans.create, name="create"),
    path("campaign/new/form/", plans.create_quick, name="create_quick"),
    path("campaign/acts/", acts.acts, name="acts"),
    path("campaign/events/", events.events, name="events"),
    path("campaign/events/new/", events.new_event, name="event_new"),
    path("campaign/events/<uuid:uuid>/", events.event, name="event"),
    path("campaign/events/<uuid:uuid>/answer/", events.guest_answer, name="guest_answer"),
    path("campaign/directives/", directives.directives, name="directives"),
    path("campaign/directives/new/", directives.new_directive, name="directive_new"),
    path("campaign/directives/<uuid:uuid>/", directives.directive, name="directive"),
    path("campaign/tasks/", tasks.tasks, name="tasks"),
    path("campaign/tasks/new/", tasks.new_task, name="task_new"),
    path("campaign/tasks/<uuid:uuid>/", tasks.task, name="task"),
]
