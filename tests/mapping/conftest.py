import pytest
from mapping_rows import table


@pytest.fixture
def raw():
    return table
