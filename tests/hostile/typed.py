"""What people of the world type."""

from __future__ import annotations

MARKUP = "<i evil>{{7*7}}"
"""Short enough for every field; `<i evil>` in a page is markup that was not escaped, and 49 a template that ran."""
ADDRESS_TYPED = {
    "to-country": "CN",
    "to-shown_for": "CN",
    "to-name": f"Li {MARKUP}",
    "to-phone": "138 1234 5678",
    "to-region": "广东省",
    "to-city": "广州市",
    "to-district": "天河区",
    "to-street": f"体育西路123号 {MARKUP}",
}
