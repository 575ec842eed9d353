"""A finished spreadsheet goes to the account that asked for it, and to nobody else."""

from hocvu.kernel import clock
from hocvu.kernel.actor import Role
from hocvu.post.models import Export
from hocvu.post.services.exports import finish_export


def test_only_who_asked_fetches_it(world, sign_in) -> None:
    export = Export.objects.create(
        account_id_value=world.accounts[Role.MANAGER].pk, role=Role.MANAGER, language="vi", table="ledger",
        asked_at=clock.now(),
    )  # fmt: skip
    address = f"/exports/jobs/{export.uuid}/file/"
    assert sign_in(Role.MANAGER).get(address).status_code == 404  # not ready yet

    finish_export(export=export, content=b"rows")

    response = sign_in(Role.MANAGER).get(address)
    assert b"".join(response.streaming_content) == b"rows"
    assert sign_in(Role.OPERATOR).get(address).status_code == 404
