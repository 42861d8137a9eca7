"""What accounts may do: roles, each a group of permissions, as the migration `roles` made them."""

import secrets
from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission, User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import models, transaction


class RoleError(ValueError):
    """The account cannot be made; the message says what to do."""


class Role(models.TextChoices):
    """From less to more."""

    VIEWER = "viewer"  # sees all that is stored, but tokens
    REVIEWER = "reviewer"  # and decides about quotes
    EDITOR = "editor"  # and merges, renames and moves speakers, retracts, settles stories and suggestions
    ADMINISTRATOR = "administrator"  # and changes outlets, feeds, tokens: all but accounts


_SEEN = (
    "article", "articlerevision", "distinction", "feedsubscription", "importrun", "link", "page", "quote",
    "report", "reviewdecision", "rolestatement", "source", "speaker", "speakeralias", "speakerchange",
    "suggestion",
)  # fmt: skip
_VIEWER = frozenset(f"view_{model}" for model in _SEEN)
_REVIEWER = _VIEWER | {"change_quote"}
_EDITOR = _REVIEWER | {
    "retract_quote", "add_speaker", "change_speaker", "change_speakerchange", "change_suggestion",
    "change_article", "delete_distinction", "add_speakeralias", "change_speakeralias", "delete_speakeralias",
}  # fmt: skip
_PERMISSIONS = {Role.VIEWER: _VIEWER, Role.REVIEWER: _REVIEWER, Role.EDITOR: _EDITOR}


@dataclass(frozen=True, slots=True)
class Account:
    """An account with a role. `password` is the one that was made up for it, to be shown once."""

    user: User
    role: Role
    is_new: bool
    password: str = ""


@transaction.atomic
def make_account(*, name: str, role: Role, password: str = "") -> Account:
    """Let the account `name` have this role, and no other; made, if it is not there, for the admin site.

    Without `password` a new one gets one that is made up, and a known one keeps its own.
    Raises RoleError for a superuser, for a name that is none, and for a password that is too weak.
    """
    group = role_group(role)
    user = User.objects.select_for_update().filter(username=name).first()
    is_new = user is None
    if user is None:
        user = User(username=name)
    if user.is_superuser:
        raise RoleError(
            f"{name} is a superuser, who may do everything: take that away first, or another name"
        )
    made_up = secrets.token_urlsafe(12) if is_new and not password else ""
    try:
        if is_new:
            User.username_validator(name)
        if password:
            validate_password(password, user)
    except ValidationError as error:
        raise RoleError(" ".join(error.messages)) from error
    if password or made_up:
        user.set_password(password or made_up)
    user.is_staff = user.is_active = True
    user.save()
    user.groups.remove(*user.groups.filter(name__in=Role.values))
    user.groups.add(group)
    return Account(user, role, is_new, made_up)


def role_group(role: Role) -> Group:
    """The group of a role as it is, with what an administrator gave it; made where it is not there."""
    group, is_new = Group.objects.get_or_create(name=role.value)
    if is_new:
        group.permissions.set(_permissions_of(role))
    return group


def _permissions_of(role: Role) -> list[Permission]:
    ours = Permission.objects.filter(content_type__app_label="quotes")
    named = _PERMISSIONS.get(role)
    return list(ours if named is None else ours.filter(codename__in=named))
