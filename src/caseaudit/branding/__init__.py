"""What makes a report a service's own: its name, logo, colours, who signs, and its own templates."""

from caseaudit.branding.values import PLAIN, Branding, Logo

__all__ = ["PLAIN", "Branding", "Logo"]
