"""What the machine lacks is named, with the remedy."""

import importlib.util
import os
import shutil
import socket
from pathlib import Path

import pytest

from serve import machine
from serve.console import Refusal


@pytest.mark.enable_socket
def test_port_in_use_is_refused_by_number_and_variable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(Refusal, match=f"Port {port} is in use.*RECTO_PORT"):
            machine.check_port(port, "RECTO_PORT")


@pytest.mark.enable_socket
def test_free_port_pair_is_free() -> None:
    port = machine.free_port_pair()
    machine.check_port(port, "RECTO_PORT")
    machine.check_port(port + 1, "RECTO_PORT")


def test_full_disk_is_refused_with_both_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**12, 10**12, 10**9))
    with pytest.raises(Refusal, match=r"1\.0 GB free and the environment needs 4 GB"):
        machine.check_space(tmp_path / "not" / "yet", 4.0, "the environment")


def test_python_without_venv_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(Refusal, match=r"apt install python3\.\d+-venv"):
        machine.check_venv()


def test_data_folder_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Refusal, match="RECTO_DATA_DIR"):
        machine.check_writable(tmp_path / "file" / "data")


def test_writable_folder_is_made_and_left_empty(tmp_path: Path) -> None:
    machine.check_writable(tmp_path / "data")
    assert os.listdir(tmp_path / "data") == []
