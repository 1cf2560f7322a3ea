"""Which addresses of the internet anybody may be sent to, and which are somebody's own."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final

# Written out, as the module ipaddress calls other addresses private in each Python.
SPECIAL_4: Final = [
    IPv4Network(block)
    for block in (
        "0.0.0.0/8",  # this network (RFC 791)
        "10.0.0.0/8",  # private (RFC 1918)
        "100.64.0.0/10",  # shared by carriers (RFC 6598); some clouds' metadata
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # public by its number, and a cloud's own host to each of its machines
        "169.254.0.0/16",  # link-local (RFC 3927); most clouds' metadata
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments (RFC 6890)
        "192.0.2.0/24",  # documentation (RFC 5737)
        "192.88.99.0/24",  # relays of 6to4 (RFC 7526)
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks (RFC 2544)
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, and broadcast
    )
]
GLOBAL_6: Final = IPv6Network("2000::/3")
"""Where all addresses lie that were ever given out for the whole internet (RFC 4291)."""
SPECIAL_6: Final = [
    IPv6Network(block)
    for block in (
        "2001::/23",  # protocol assignments, Teredo among them (RFC 2928, RFC 4380)
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4, which holds an IPv4 address (RFC 3056)
        "3fff::/20",  # documentation (RFC 9637)
    )
]
TRANSLATED: Final = IPv6Network("64:ff9b::/96")
"""Where a network of IPv6 alone has the addresses of IPv4 (NAT64, RFC 6052)."""
LAST_32: Final = (1 << 32) - 1


def is_public(text: str) -> bool:
    """Tell whether an address, as a resolver writes it, is one that the whole internet shares."""
    address = ip_address(text)
    if isinstance(address, IPv4Address):
        return not any(address in block for block in SPECIAL_4)
    return _is_public_6(address)


def _is_public_6(address: IPv6Address) -> bool:
    if address in TRANSLATED:
        return is_public(str(IPv4Address(int(address) & LAST_32)))
    return address in GLOBAL_6 and not any(address in block for block in SPECIAL_6)
