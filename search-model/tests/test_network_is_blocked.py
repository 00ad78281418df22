import urllib.request

import pytest
from pytest_socket import SocketBlockedError


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_no_test_can_reach_the_network() -> None:
    with pytest.raises(SocketBlockedError):
        urllib.request.urlopen("https://192.0.2.1/", timeout=1)
