"""Identifiers and digests."""

import uuid

from hocvu.kernel.digests import canonical, digest, digest_rows
from hocvu.kernel.ids import ALPHABET, clean_code, new_uuid, random_code


def test_uuids_are_version_7_and_ordered() -> None:
    made = [new_uuid() for _ in range(200)]

    assert {u.version for u in made} == {7}
    assert {u.variant for u in made} == {uuid.RFC_4122}
    assert [u.int >> 80 for u in made] == sorted(u.int >> 80 for u in made)
    assert len(set(made)) == 200


def test_codes_use_letters_that_nobody_confuses() -> None:
    code = random_code(17)

    assert len(code.replace("-", "")) == 17
    assert set(code) <= set(ALPHABET) | {"-"}
    assert not set("01OILUV") & set(ALPHABET)
    assert len(ALPHABET) ** 17 > 2**80


def test_a_code_may_be_typed_in_any_way() -> None:
    assert clean_code(" abcd efgh-23 ") == "ABCD-EFGH-23"


def test_equal_facts_have_equal_digests() -> None:
    assert digest({"b": 1, "a": "ệ"}) == digest({"a": "ệ", "b": 1})
    assert digest({"a": 1}) != digest({"a": "1"})
    assert canonical({"b": [1, 2], "a": None}) == b'{"a":null,"b":[1,2]}'


def test_rows_are_digested_in_order() -> None:
    assert digest_rows([[1], [2]]) != digest_rows([[2], [1]])
    assert digest_rows([[12]]) != digest_rows([[1], [2]])
