"""The document of the API that is checked in is the one that is served."""

from pathlib import Path

from wallet.http.document import api_text

CHECKED_IN = Path(__file__).parents[3] / "docs" / "openapi.json"


def test_the_document_is_that_of_the_code() -> None:
    told = "run `wallet openapi > docs/openapi.json` and look at what changed"
    assert CHECKED_IN.read_text("utf-8") == api_text(), told
