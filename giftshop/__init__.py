"""The gift shop: firms order gift books, recipients redeem them, staff dispatch the parcels."""
