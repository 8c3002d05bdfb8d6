"""What can be wrong with an address, a name or a telephone number."""

from __future__ import annotations

from giftshop.kernel.errors import Refused
from giftshop.kernel.locale import N_


class AddressProblem(Refused):
    """An address that cannot be used as it is. `field` names the part: region, city, district, street, postcode."""

    message = N_("This address cannot be used.")


class AddressEmpty(AddressProblem):
    """Nothing was written."""

    message = N_("The address is empty.")


class AddressTooLong(AddressProblem):
    """More than an address can hold. Facts: limit (characters)."""

    message = N_("The address is longer than %(limit)s characters.")


class PlaceNotUnderstood(AddressProblem):
    """Neither province nor city could be made out. Facts: start, the beginning of the text."""

    message = N_(
        "No province or city is recognised at “%(start)s”. Write it like 广东省广州市天河区 and then the street."
    )


class CityNotUnderstood(AddressProblem):
    """A province, and then no city of it. Facts: province, found, examples."""

    message = N_(
        "After %(province)s there should be one of its cities or areas (such as %(examples)s), but “%(found)s” follows."
    )


class DistrictNotUnderstood(AddressProblem):
    """A city, and then no district of it. Facts: city, found, examples."""

    message = N_("After %(city)s there should be one of its districts (such as %(examples)s), but “%(found)s” follows.")


class PlaceDoubtful(AddressProblem):
    """A word that may be a place or a part of a street's name (天河 in 天河北路). Facts: part, place."""

    message = N_("“%(part)s” may mean %(place)s, or begin the name of the street. If it is the place, write %(place)s.")


class PlaceUnfinished(AddressProblem):
    """The text ends before a district. Facts: place, examples."""

    message = N_("The address ends after %(place)s. Say where in it, such as %(examples)s, and the street.")


class PlaceElsewhere(AddressProblem):
    """Two levels that contradict each other. Facts: part, parent, home (where the part really is)."""

    message = N_("%(part)s is not in %(parent)s; it is in %(home)s. Which of the two is right?")


class PlaceAmbiguous(AddressProblem):
    """Several places have that name. Facts: part, candidates."""

    message = N_("There is more than one %(part)s: %(candidates)s. Write the city as well.")


class StreetTooLong(AddressProblem):
    """More than fits on a label. Facts: limit (characters)."""

    message = N_("Please shorten the street to %(limit)s characters: no more fit on a label.")


class PartTooLong(AddressProblem):
    """A name of a place longer than any. Facts: limit (characters)."""

    message = N_("Please shorten this to %(limit)s characters.")


class PartUnknown(AddressProblem):
    """A name that is not on the list of its level. Facts: part."""

    message = N_("“%(part)s” is not on the list. Please choose again.")


class PostcodeMalformed(AddressProblem):
    """A postcode that does not look like one of its country. Facts: example."""

    message = N_("That does not look like a postcode of this country. One looks like %(example)s.")


class CountryUnknown(AddressProblem):
    """No country of that code."""

    message = N_("Please choose the country or region.")


class NameMissing(Refused):
    """No name of a receiver, or nothing a courier could ask for."""

    message = N_("Please enter the receiver's name.")


class NameTooLong(Refused):
    """A name longer than a label has room for. Facts: limit (characters)."""

    message = N_("Please shorten the name to %(limit)s characters.")


class PhoneProblem(Refused):
    """A telephone number that cannot be used."""

    message = N_("This telephone number cannot be used.")


class PhoneMissing(PhoneProblem):
    """Nothing was written."""

    message = N_("Please enter a telephone number: the courier calls it before coming.")


class PhoneNotUnderstood(PhoneProblem):
    """Not a telephone number at all. Facts: text."""

    message = N_("“%(text)s” is not a telephone number.")


class PhoneTooShort(PhoneProblem):
    """Digits are missing. Facts: example."""

    message = N_("This telephone number is too short. One looks like %(example)s.")


class PhoneTooLong(PhoneProblem):
    """Too many digits. Facts: example."""

    message = N_("This telephone number is too long. One looks like %(example)s.")


class PhoneNotInUse(PhoneProblem):
    """The right length, but no such number is given out. Facts: example."""

    message = N_("No telephone has this number; please check the first digits. One looks like %(example)s.")


class PhoneAreaCodeMissing(PhoneProblem):
    """A Chinese landline as dialled within its city."""

    message = N_("Please write the area code before this landline number, such as 020 for Guangzhou.")


class PhoneExtension(PhoneProblem):
    """An extension, which neither couriers' systems nor E.164 hold. Facts: extension."""

    message = N_("Please leave out the extension (%(extension)s) and write it after the name or in the address.")


class PhoneNotPersonal(PhoneProblem):
    """A service line: a courier must reach a person."""

    message = N_("Please give a mobile or landline number, not a service number.")
