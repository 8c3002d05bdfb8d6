"""What a newcomer is told when their machine lacks something, and what a second `make setup` does not do again."""

from pathlib import Path

import pytest

from tools import browser, debian, prepare


@pytest.fixture
def nothing_may_be_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian, "install", lambda packages, *, purpose: False)


@pytest.mark.usefixtures("nothing_may_be_installed")
def test_missing_libraries_are_named_as_packages_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debian, "can_be_opened", lambda library: "harfbuzz" not in library)
    with pytest.raises(SystemExit, match="sudo apt-get install libharfbuzz-subset0 libharfbuzz0b"):
        prepare.prepare_libraries()


def test_missing_libraries_are_installed_when_that_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    installed: list[str] = []

    def install(packages: list[str], *, purpose: str) -> bool:
        installed.extend(packages)
        return True

    monkeypatch.setattr(debian, "can_be_opened", lambda library: "fontconfig" not in library)
    monkeypatch.setattr(debian, "install", install)
    prepare.prepare_libraries()
    assert installed == ["libfontconfig1"]


def test_requirements_are_installed_once_for_each_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[list[str]] = []
    monkeypatch.setattr(prepare, "run", commands.append)
    monkeypatch.setattr(prepare, "STAMP", tmp_path / "ok")
    lock, development = tmp_path / "requirements.txt", tmp_path / "requirements-dev.txt"
    lock.write_text("flask==1")
    development.write_text("pytest==1")

    prepare.install_requirements([lock])
    prepare.install_requirements([lock])
    prepare.install_requirements([lock, development])
    lock.write_text("flask==2")
    prepare.install_requirements([lock, development])
    assert [command[-1] for command in commands] == [str(lock), str(development), str(lock)]


@pytest.mark.usefixtures("nothing_may_be_installed")
def test_a_missing_browser_is_a_loud_skip(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    monkeypatch.delenv("REQUIRE_BROWSER", raising=False)
    browser.main()
    assert "THE TESTS IN A BROWSER WILL BE SKIPPED" in capsys.readouterr().out


@pytest.mark.usefixtures("nothing_may_be_installed")
def test_a_missing_browser_fails_where_one_is_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    monkeypatch.setenv("REQUIRE_BROWSER", "1")
    with pytest.raises(SystemExit, match="NO BROWSER"):
        browser.main()


def test_a_browser_without_its_drivers_library_gets_that_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "installed_browser", lambda: "/usr/bin/chromium")
    monkeypatch.setattr(debian, "can_be_opened", lambda library: False)
    assert browser.missing_packages() == ["libatomic1"]
