"""What a server may be asked for."""

from __future__ import annotations

import socket

import pytest

from workbench.errors import InputError
from workbench.serving.settings import ServeSettings, read_token
from workbench.serving.sockets import take_port


def test_the_defaults_are_this_machine_and_port_8866():
    wanted = ServeSettings()
    assert wanted.is_loopback
    assert len(wanted.asked) >= 32
    assert wanted.url(wanted.port) == f"http://127.0.0.1:8866/?token={wanted.asked}"


def test_each_server_makes_up_a_token_of_its_own_and_keeps_it():
    wanted = ServeSettings()
    assert wanted.asked == wanted.asked
    assert wanted.asked != ServeSettings().asked


def test_a_token_never_shows_in_what_is_printed_of_the_settings():
    assert "the-token-of-the-test" not in repr(ServeSettings(token="the-token-of-the-test"))


@pytest.mark.parametrize(
    "door",
    [{"address": "0.0.0.0"}, {"address": "192.168.1.4"}, {"address": "::"}, {"allow_remote": True}],  # noqa: S104 - never listened on
)
def test_off_the_machine_a_token_of_ones_own_of_decent_length_is_needed(door):
    with pytest.raises(InputError, match="no token was given"):
        ServeSettings(**door)
    with pytest.raises(InputError, match="a token of 11 characters is soon guessed"):
        ServeSettings(**door, token="a" * 11)
    with pytest.raises(InputError, match="--no-token would show them everything"):
        ServeSettings(**door, no_token=True)
    wanted = ServeSettings(**door, token="a/decent?token")
    assert wanted.asked == "a/decent?token"
    assert "token" not in wanted.url(9000), "an address that goes to a log or a colleague names no token"


def test_on_this_machine_a_token_may_be_short_or_left_out():
    assert ServeSettings(token="a/b&c").url(1) == "http://127.0.0.1:1/?token=a%2Fb%26c"
    assert ServeSettings(no_token=True).url(1) == "http://127.0.0.1:1/"
    assert not ServeSettings(no_token=True).asks_login


def test_contradictions_about_the_token_are_told():
    with pytest.raises(InputError, match="leave one of them out"):
        ServeSettings(token="abc", no_token=True)
    with pytest.raises(InputError, match="the token is empty"):
        ServeSettings(token=" ")


def test_a_token_is_read_from_the_first_line_of_its_file(tmp_path):
    file = tmp_path / "token"
    file.write_text(" from-the-file \nsecond line\n")
    assert read_token(file) == "from-the-file"
    with pytest.raises(InputError, match="cannot be read for the token"):
        read_token(tmp_path / "missing")


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_loopback_needs_no_leave(address):
    assert ServeSettings(address=address).is_loopback


def test_all_faults_are_told_at_once():
    with pytest.raises(InputError) as refusal:
        ServeSettings(port=70_000, address="the big hall", warm_kernels=-1, most_kernels=0)
    assert [fault.value for fault in refusal.value.faults] == [70_000, "the big hall", -1, 0]


def test_an_ipv6_address_stands_in_brackets():
    assert ServeSettings(address="::1", no_token=True).url(9000) == "http://[::1]:9000/"


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


def test_nobody_approves_from_other_machines_by_a_token_that_all_of_them_have():
    door = {"address": "0.0.0.0", "token": "a/decent?token", "store": "runs.sqlite3"}  # noqa: S104 - never listened on
    with pytest.raises(InputError, match="'Wanjiku' could be spoken for by whoever has the token"):
        ServeSettings(**door, approvers=("Wanjiku",))
    assert ServeSettings(**door).approvers == ()


def test_an_upload_may_have_a_megabyte_at_least():
    with pytest.raises(InputError, match="upload megabytes"):
        ServeSettings(upload_megabytes=0)
