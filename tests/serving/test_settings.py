"""What a server may be asked for."""

from __future__ import annotations

import socket

import pytest

from workbench.errors import InputError
from workbench.serving.settings import ServeSettings
from workbench.serving.sockets import take_port


def test_the_defaults_are_this_machine_and_port_8866():
    wanted = ServeSettings()
    assert wanted.is_loopback
    assert wanted.url(wanted.port) == "http://127.0.0.1:8866/"


@pytest.mark.parametrize("address", ["0.0.0.0", "192.168.1.4", "::"])  # noqa: S104 - refused, never listened on
def test_other_machines_are_kept_out_unless_it_is_said(address):
    with pytest.raises(InputError, match="no login yet"):
        ServeSettings(address=address)
    assert not ServeSettings(address=address, allow_remote=True).is_loopback


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_loopback_needs_no_leave(address):
    assert ServeSettings(address=address).is_loopback


def test_all_faults_are_told_at_once():
    with pytest.raises(InputError) as refusal:
        ServeSettings(port=70_000, address="the big hall", warm_kernels=-1, most_kernels=0)
    assert [fault.value for fault in refusal.value.faults] == [70_000, "the big hall", -1, 0]


def test_an_ipv6_address_stands_in_brackets():
    assert ServeSettings(address="::1").url(9000) == "http://[::1]:9000/"


def test_port_0_takes_a_free_port():
    with take_port("127.0.0.1", 0) as listener:
        assert listener.getsockname()[1] > 0


def test_a_taken_port_names_itself_and_the_way_out():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(InputError, match=rf"'port {port}' is taken on 127.0.0.1.*--port {port + 1}"):
            take_port("127.0.0.1", port)


def test_an_address_of_another_machine_is_told():
    with pytest.raises(InputError, match="is no address of this machine"):
        take_port("192.0.2.1", 0)


def test_approvers_need_a_store_and_a_name():
    with pytest.raises(InputError, match="could approve nothing"):
        ServeSettings(approvers=("Wanjiku",))
    with pytest.raises(InputError, match="is no name of an approver"):
        ServeSettings(store="runs.sqlite3", approvers=(" ",))
    assert ServeSettings(store="runs.sqlite3", approvers=("Wanjiku",)).approvers == ("Wanjiku",)


def test_an_upload_may_have_a_megabyte_at_least():
    with pytest.raises(InputError, match="upload megabytes"):
        ServeSettings(upload_megabytes=0)
