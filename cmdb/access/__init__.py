"""Who may do what: roles, tokens, and requests that are carried out once however often they are sent."""

from cmdb.access.authentication import Authenticator
from cmdb.access.once import Answer, once
from cmdb.access.roles import LEAST_ROLE, Action, Actor, Role
from cmdb.access.tokens import Token, create_token, list_tokens, revoke_token

__all__ = [
    "LEAST_ROLE",
    "Action",
    "Actor",
    "Answer",
    "Authenticator",
    "Role",
    "Token",
    "create_token",
    "list_tokens",
    "once",
    "revoke_token",
]
