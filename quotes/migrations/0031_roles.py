"""Roles are groups; who could retract, because changing quotes was enough for it, still can.

A group of the name that is there already stays as it is.
"""

from typing import Any

from django.contrib.auth.management import create_permissions
from django.db import migrations

_SEEN = (
    'article', 'articlerevision', 'distinction', 'feedsubscription', 'importrun', 'link', 'page', 'quote',
    'reviewdecision', 'rolestatement', 'source', 'speaker', 'speakeralias', 'speakerchange', 'suggestion',
)
_VIEWER = {f'view_{model}' for model in _SEEN}
_REVIEWER = _VIEWER | {'change_quote'}
_EDITOR = _REVIEWER | {
    'retract_quote', 'add_speaker', 'change_speaker', 'change_speakerchange', 'change_suggestion',
    'change_article', 'delete_distinction', 'add_speakeralias', 'change_speakeralias', 'delete_speakeralias',
}
_ROLES = {'viewer': _VIEWER, 'reviewer': _REVIEWER, 'editor': _EDITOR, 'administrator': None}


def make_roles(apps: Any, schema_editor: Any) -> None:
    using = schema_editor.connection.alias
    # Django makes permissions only after all migrations.
    app = apps.get_app_config('quotes')
    app.models_module = True  # else it is taken for an app without models
    create_permissions(app, verbosity=0, using=using, apps=apps)
    ours = apps.get_model('auth', 'Permission').objects.using(using).filter(content_type__app_label='quotes')
    users = apps.get_model('auth', 'User').objects.using(using)
    groups = apps.get_model('auth', 'Group').objects.using(using)
    retract = ours.get(codename='retract_quote')
    for user in users.filter(user_permissions__codename='change_quote'):
        user.user_permissions.add(retract)
    for group in groups.filter(permissions__codename='change_quote'):
        group.permissions.add(retract)
    for name, wanted in _ROLES.items():
        group, is_new = groups.get_or_create(name=name)
        if is_new:
            group.permissions.set(ours if wanted is None else ours.filter(codename__in=wanted))


def drop_roles(apps: Any, schema_editor: Any) -> None:
    """Groups that nobody has; those with members stay."""
    groups = apps.get_model('auth', 'Group').objects.using(schema_editor.connection.alias)
    groups.filter(name__in=_ROLES, user__isnull=True).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('quotes', '0030_decisions_taken_back'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        migrations.RunPython(make_roles, drop_roles),
    ]
