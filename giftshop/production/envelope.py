"""Encryption to a print house: CMS EnvelopedData (RFC 5652).

The house opens it with its private key, by `openssl cms -decrypt -inform DER -in FILE -inkey KEY.pem`.
"""

from __future__ import annotations

from cryptography import x509
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import PKCS7EnvelopeBuilder, PKCS7Options


def sealed_for(certificate: bytes, plain: bytes) -> bytes:
    """Return `plain` as a DER message that only the holder of the certificate's (DER) private key can read.

    AES-256 in CBC mode under a key of this message, which RSA carries. Raises ValueError for another certificate.
    """
    recipient = x509.load_der_x509_certificate(certificate)
    builder = PKCS7EnvelopeBuilder().set_data(plain).add_recipient(recipient).set_content_encryption_algorithm(AES256)
    return builder.encrypt(Encoding.DER, [PKCS7Options.Binary])
