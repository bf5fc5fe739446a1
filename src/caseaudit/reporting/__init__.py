"""Turning an audit into the files of a pack."""

from __future__ import annotations
