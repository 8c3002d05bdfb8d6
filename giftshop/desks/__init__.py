"""Desks: pages of the operator that read across rooms and own no tables. So far, the machine room."""
