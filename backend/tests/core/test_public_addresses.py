"""Which addresses may be asked: one strict reading of the text, and only the public internet behind it."""

import pytest

from core.public_addresses import AddressRefused, check_port, check_public, web_address, why_not_public


@pytest.mark.parametrize(
    ("url", "host", "port", "path"),
    [
        ("https://Example.ORG/a/b.jpg?x=1#top", "example.org", 443, "/a/b.jpg?x=1"),
        ("http://example.org", "example.org", 80, "/"),
        ("http://example.org.:8080/ä ö".replace(" ", "%20"), "example.org", 8080, "/%C3%A4%20%C3%B6"),
        ("https://bücher.example/", "xn--bcher-kva.example", 443, "/"),
        ("http://[2001:4860:4860::8888]:80/x", "2001:4860:4860::8888", 80, "/x"),
        ("https://8.8.8.8/full/max/0/default.jpg", "8.8.8.8", 443, "/full/max/0/default.jpg"),
        (
            "https://a.example/iiif/x%2Fy/full/!200,200/0/d.jpg",
            "a.example",
            443,
            "/iiif/x%2Fy/full/!200,200/0/d.jpg",
        ),
    ],
)
def test_an_address_in_its_parts(url: str, host: str, port: int, path: str) -> None:
    address = web_address(url)
    assert (address.host, address.port, address.path) == (host, port, path)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("file:///etc/passwd", "fetch_not_http"),
        ("gopher://127.0.0.1:6379/_INFO", "fetch_not_http"),
        ("data:image/png;base64,AAAA", "fetch_not_http"),
        ("ftp://example.org/a.jpg", "fetch_not_http"),
        ("javascript:alert(1)", "fetch_not_http"),
        ("//example.org/a.jpg", "fetch_not_http"),
        ("a.jpg", "fetch_not_http"),
        ("http://user:secret@example.org/", "fetch_credentials"),
        ("http://example.org@127.0.0.1/", "fetch_credentials"),
        ("http://@example.org/", "fetch_credentials"),
        ("http://example.org\\@127.0.0.1/", "fetch_malformed"),
        ("http://example.org/a b", "fetch_malformed"),
        ("http://example.org/\r\nHost: other", "fetch_malformed"),
        ("http://exa%6dple.org/", "fetch_malformed"),
        ("http:///a.jpg", "fetch_malformed"),
        ("http://example.org:99999/", "fetch_malformed"),
        ("http://[::1/", "fetch_malformed"),
        ("http://2130706433/", "fetch_unusual_address"),
        ("http://0177.0.0.1/", "fetch_unusual_address"),
        ("http://017700000001/", "fetch_unusual_address"),
        ("http://0x7f000001/", "fetch_unusual_address"),
        ("http://0x7f.0.0.1/", "fetch_unusual_address"),
        ("http://127.1/", "fetch_unusual_address"),
        ("http://1.2.3.4.5/", "fetch_unusual_address"),
        ("http://[fe80::1%25eth0]x/", "fetch_malformed"),
        ("http://example.org/" + "a" * 8_000, "fetch_too_long"),
    ],
)
def test_what_two_readers_could_understand_differently_is_refused(url: str, code: str) -> None:
    with pytest.raises(AddressRefused) as refused:
        web_address(url)
    assert refused.value.code == code


def test_full_width_digits_are_the_address_that_they_stand_for() -> None:
    assert web_address("http://１２７.0.0.1/").host == "127.0.0.1"


@pytest.mark.parametrize(
    ("ip", "why"),
    [
        ("127.0.0.1", "loopback"),
        ("127.8.9.10", "loopback"),
        ("0.0.0.0", "unspecified"),
        ("10.0.0.1", "private"),
        ("172.16.0.1", "private"),
        ("192.168.1.1", "private"),
        ("169.254.169.254", "link-local"),
        ("100.64.0.1", "private"),
        ("192.0.0.8", "reserved"),
        ("192.0.2.1", "for documentation only"),
        ("198.18.0.1", "reserved"),
        ("192.88.99.1", "an IPv4 address behind 6to4"),
        ("224.0.0.251", "multicast"),
        ("239.255.255.250", "multicast"),
        ("240.0.0.1", "reserved"),
        ("255.255.255.255", "reserved"),
        ("::1", "loopback"),
        ("::", "unspecified"),
        ("fe80::1", "link-local"),
        ("fe80::1%eth0", "link-local"),
        ("fc00::1", "private"),
        ("fd12:3456::1", "private"),
        ("fec0::1", "private"),
        ("ff02::1", "multicast"),
        ("::ffff:8.8.8.8", "an IPv4 address written as IPv6"),
        ("::8.8.8.8", "an IPv4 address written as IPv6"),
        ("64:ff9b::808:808", "an IPv4 address behind NAT64"),
        ("64:ff9b:1::808:808", "an IPv4 address behind NAT64"),
        ("2002:808:808::1", "an IPv4 address behind 6to4"),
        ("2001:0:808:808::1", "an IPv4 address behind Teredo"),
        ("2001:db8::1", "for documentation only"),
        ("4000::1", "reserved"),
        ("5f00::1", "reserved"),
        ("not an address", "unreadable"),
    ],
)
def test_what_is_not_of_the_public_internet(ip: str, why: str) -> None:
    assert why_not_public(ip) == why


@pytest.mark.parametrize("ip", ["::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"])
def test_loopback_in_the_clothes_of_ipv6_is_refused(ip: str) -> None:
    assert why_not_public(ip)


@pytest.mark.parametrize("ip", ["8.8.8.8", "1.1.1.1", "193.0.14.129", "2001:4860:4860::8888", "2a00:1450::1"])
def test_public_addresses_are_asked(ip: str) -> None:
    assert why_not_public(ip) == ""


def test_one_private_address_among_public_ones_refuses_the_host() -> None:
    with pytest.raises(AddressRefused) as refused:
        check_public("mixed.example", ["8.8.8.8", "10.0.0.1"])
    assert "10.0.0.1 of mixed.example is private" in refused.value.message


def test_ports_are_the_usual_ones_and_those_that_the_operator_named() -> None:
    usual, own = frozenset({80, 443}), frozenset({"iiif.example:8182"})
    check_port(web_address("http://iiif.example:8182/"), ports=usual, hosts=own)
    for url in ("http://iiif.example:22/", "http://other.example:8182/"):
        with pytest.raises(AddressRefused, match="RECTO_FETCH_PORTS"):
            check_port(web_address(url), ports=usual, hosts=own)
