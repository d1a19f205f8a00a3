"""The practices of service management, each with its kinds of records, at one desk."""

from cmdb.practices.desk import open_desk

__all__ = ["open_desk"]
