"""The issuer's key: PKCS#12 by setting, PKCS#11 by setting, or a demo key made at set-up.

Settings: ``SIGNING_KEY_FILE`` and ``SIGNING_KEY_PASSWORD`` (PKCS#12), or ``SIGNING_PKCS11_MODULE`` with
``SIGNING_PKCS11_TOKEN``, ``SIGNING_PKCS11_CERT`` (label) and ``SIGNING_PKCS11_PIN``; the second goes before.
Every certificate ever used is kept beside the key (``issuers/<fingerprint>.pem``, leaf first, root last),
so that old seals are verified after a change of key. Keys and passwords are never logged.
"""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from asn1crypto import x509 as asn1_x509  # type: ignore[import-untyped]
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from django.conf import settings
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from hocvu.kernel.errors import Refused

from .demo import write_demo_key
from .loops import settle

DIGEST = "sha256"


class KeySigner(Signer):
    """A pyHanko signer whose RSA key is parsed once (the library's own parses it at each signature)."""

    def __init__(self, key: rsa.RSAPrivateKey, certificates: list[x509.Certificate]) -> None:
        held = [_asn1(one) for one in certificates]
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        store.register_multiple(held)
        super().__init__(signing_cert=held[0], cert_registry=store)
        self._key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """Return the PKCS#1 v1.5 signature; a dry run asks for the size only."""
        if dry_run:
            return bytes(self._key.key_size // 8)
        return self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())


@dataclass(frozen=True, slots=True)
class IssuerKey:
    """A loaded key: pyHanko's signer, and the certificates from the leaf to the root."""

    signer: Any
    certificates: tuple[x509.Certificate, ...]
    fingerprint: str

    def seal(self, sha256: str) -> str:
        """Return a seal of a hash: ``<fingerprint>:<signature in hexadecimal>``."""
        signature: bytes = settle(self.signer.async_sign_raw(bytes.fromhex(sha256), DIGEST))
        return f"{self.fingerprint}:{signature.hex()}"


def issuer_key() -> IssuerKey:
    """Return the issuer's key; refuse where none is set up. A demo makes its own on first use."""
    if settings.SIGNING_PKCS11_MODULE:
        return _from_token(settings.SIGNING_PKCS11_MODULE)
    path = Path(settings.SIGNING_KEY_FILE)
    if not path.exists():
        if not settings.DEMO:
            raise Refused("attestations.no_key")
        ensure_demo_key()
    return _from_file(path, path.stat().st_mtime_ns)


def ensure_demo_key() -> Path:
    """Make a demo root and signer unless there is a key already; return the file of the root's certificate."""
    path = Path(settings.SIGNING_KEY_FILE)
    root = path.parent / "demo-root.pem"
    if not path.exists():
        write_demo_key(path, root, settings.SIGNING_KEY_PASSWORD)
    return root


@lru_cache(maxsize=4)
def _from_file(path: Path, changed: int) -> IssuerKey:
    password = settings.SIGNING_KEY_PASSWORD.encode() or None
    try:
        held = pkcs12.load_pkcs12(path.read_bytes(), password)
    except ValueError as trouble:
        raise Refused("attestations.key_unreadable") from trouble
    if not isinstance(held.key, rsa.RSAPrivateKey) or held.cert is None:
        raise Refused("attestations.key_not_rsa")
    others = [one.certificate for one in held.additional_certs]
    certificates = _in_order(held.cert.certificate, others)
    return _known(KeySigner(held.key, certificates), certificates)


@lru_cache(maxsize=1)
def _from_token(module: str) -> IssuerKey:
    """Open a PKCS#11 token once for the life of the process; needs the ``python-pkcs11`` package."""
    try:
        from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session  # noqa: PLC0415 - optional
    except ImportError as trouble:
        raise Refused("attestations.no_pkcs11") from trouble
    from pyhanko.config.pkcs11 import TokenCriteria  # noqa: PLC0415 - optional

    session = open_pkcs11_session(
        module,
        token_criteria=TokenCriteria(label=getattr(settings, "SIGNING_PKCS11_TOKEN", "") or None),
        user_pin=getattr(settings, "SIGNING_PKCS11_PIN", "") or None,
    )
    label = getattr(settings, "SIGNING_PKCS11_CERT", "") or None
    signer = PKCS11Signer(session, cert_label=label, other_certs_to_pull=None)
    leaf = x509.load_der_x509_certificate(signer.signing_cert.dump())
    others = [x509.load_der_x509_certificate(one.dump()) for one in signer.cert_registry]
    return _known(signer, _in_order(leaf, others))


def _known(signer: Any, certificates: list[x509.Certificate]) -> IssuerKey:
    """Keep the certificates for later verification and return the key."""
    mark = fingerprint(certificates[0])
    kept = issuers_folder() / f"{mark}.pem"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        pem = serialization.Encoding.PEM
        kept.write_bytes(b"".join(one.public_bytes(pem) for one in certificates))
    return IssuerKey(signer, tuple(certificates), mark)


def _in_order(leaf: x509.Certificate, others: list[x509.Certificate]) -> list[x509.Certificate]:
    """Return the chain from the leaf to the root, as far as it goes."""
    chain = [leaf]
    while chain[-1].issuer != chain[-1].subject:
        above = next((one for one in others if one.subject == chain[-1].issuer and one not in chain), None)
        if above is None:
            break
        chain.append(above)
    return chain


def issuers_folder() -> Path:
    """Return where the certificates of every key used are kept."""
    return Path(settings.SIGNING_KEY_FILE).parent / "issuers"


def fingerprint(certificate: x509.Certificate) -> str:
    """Return the first 16 hexadecimal digits of a certificate's SHA-256."""
    return hashlib.sha256(certificate.public_bytes(serialization.Encoding.DER)).hexdigest()[:16]


def chain_of(mark: str) -> list[x509.Certificate]:
    """Return the kept chain of a fingerprint, leaf first; empty where it is unknown."""
    if len(mark) != 16 or not all(c in "0123456789abcdef" for c in mark):
        return []
    path = issuers_folder() / f"{mark}.pem"
    return x509.load_pem_x509_certificates(path.read_bytes()) if path.exists() else []


def trusted_roots() -> list[Any]:
    """Return the last certificate of each kept chain, in pyHanko's own form."""
    folder = issuers_folder()
    chains = [x509.load_pem_x509_certificates(one.read_bytes()) for one in sorted(folder.glob("*.pem"))]
    return [_asn1(chain[-1]) for chain in chains if chain]


def seal_holds(sha256: str, seal: str) -> bool:
    """Say whether a seal was made over this hash by a key this installation has used."""
    mark, _, signature = seal.partition(":")
    chain = chain_of(mark)
    try:
        data, raw = bytes.fromhex(sha256), bytes.fromhex(signature)
    except ValueError:
        return False
    return bool(chain) and _signature_holds(chain[0].public_key(), raw, data)


def _signature_holds(public_key: Any, signature: bytes, data: bytes) -> bool:
    try:
        if isinstance(public_key, rsa.RSAPublicKey):
            public_key.verify(signature, data, padding.PKCS1v15(), hashes.SHA256())
        elif isinstance(public_key, ec.EllipticCurvePublicKey):
            public_key.verify(signature, data, ec.ECDSA(hashes.SHA256()))
        elif isinstance(public_key, ed25519.Ed25519PublicKey):
            public_key.verify(signature, data)
        else:
            return False
    except InvalidSignature:
        return False
    return True


def _asn1(certificate: x509.Certificate) -> Any:
    return cast("Any", asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)))
