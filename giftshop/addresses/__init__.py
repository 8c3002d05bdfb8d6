"""Addresses: their form in every country, China's divisions, telephone numbers. A library; it has no tables.

`Receiver` (name, phone, `Address`) is what other rooms keep and print. `AddressForm` asks for one, `parse_china` reads
one written on a line, `split_pasted` one with name and phone beside it, `address_problems` checks one from elsewhere.
Phones are E.164 everywhere inside.
"""

from giftshop.addresses.address import Address, Receiver
from giftshop.addresses.divisions import Division, division_coded, division_named, regions_of
from giftshop.addresses.errors import AddressProblem, NameMissing, NameTooLong, PhoneProblem
from giftshop.addresses.formats import CHINA, countries, country_name
from giftshop.addresses.forms import AddressForm
from giftshop.addresses.labels import address_lines, label_lines, masked_address, masked_name, one_line
from giftshop.addresses.parsing import parse_china
from giftshop.addresses.pasting import MAX_PASTED, Pasted, split_pasted
from giftshop.addresses.phones import can_receive_texts, display_phone, masked_phone, normalise_phone
from giftshop.addresses.rules import address_problems, checked_name, tidied
from giftshop.addresses.tidying import tidy_line

__all__ = [
    "CHINA",
    "MAX_PASTED",
    "Address",
    "AddressForm",
    "AddressProblem",
    "Division",
    "NameMissing",
    "NameTooLong",
    "Pasted",
    "PhoneProblem",
    "Receiver",
    "address_lines",
    "address_problems",
    "can_receive_texts",
    "checked_name",
    "countries",
    "country_name",
    "display_phone",
    "division_coded",
    "division_named",
    "label_lines",
    "masked_address",
    "masked_name",
    "masked_phone",
    "normalise_phone",
    "one_line",
    "parse_china",
    "regions_of",
    "split_pasted",
    "tidied",
    "tidy_line",
]
