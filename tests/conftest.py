"""What every folder of tests may lean on."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def vendor_contracts() -> Path:
    """vendor contracts, when present"""
    folder = Path(__file__).parents[2] / "shared" / "contracts"
    if not folder.is_dir():
        pytest.skip("vendor contracts are not here")
    return folder
