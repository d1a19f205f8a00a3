"""The catalogue: which classes of CIs and types of relationships there are, and whom to believe, as data."""

from cmdb.catalogue.attribute import RESERVED, Attribute, AttributeType, Value
from cmdb.catalogue.check import Checked, Problem, check_attributes, unknown_attributes
from cmdb.catalogue.load import load_catalogue
from cmdb.catalogue.model import (
    Catalogue,
    CIClass,
    Domain,
    IdentifierRule,
    RelationshipType,
    Strength,
)
from cmdb.catalogue.precedence import MANUAL, RULE, Precedence
from cmdb.catalogue.rule import REFERENCE, Rule, Selection, comparable
from cmdb.catalogue.schema import json_schema

__all__ = [
    "MANUAL",
    "REFERENCE",
    "RESERVED",
    "RULE",
    "Attribute",
    "AttributeType",
    "CIClass",
    "Catalogue",
    "Checked",
    "Domain",
    "IdentifierRule",
    "Precedence",
    "Problem",
    "RelationshipType",
    "Rule",
    "Selection",
    "Strength",
    "Value",
    "check_attributes",
    "comparable",
    "json_schema",
    "load_catalogue",
    "unknown_attributes",
]
