"""When a start cache fits, and what happens to the others."""

import os
from pathlib import Path

import pytest

from cmdb.embedded.startcache import StartCache, adopt


@pytest.fixture
def java(tmp_path: Path) -> Path:
    modules = tmp_path / "jdk" / "lib" / "modules"
    modules.parent.mkdir(parents=True)
    modules.write_text("25")
    return tmp_path / "jdk" / "bin" / "java"


@pytest.fixture
def jar(tmp_path: Path) -> Path:
    jar = tmp_path / "a.jar"
    jar.write_text("a")
    return jar


def test_it_records_once_and_is_used_from_then_on(tmp_path: Path, java: Path, jar: Path) -> None:
    cache = StartCache(tmp_path, java, [jar], ["-XX:+UseG1GC"])
    training = cache.training(tmp_path)
    assert training and cache.flag(training) == f"-XX:AOTCacheOutput={training}"
    training.write_text("recorded")
    adopt(training)

    assert cache.training(tmp_path) is None
    assert cache.flag(None) == f"-XX:AOTCache={cache.path}"
    assert cache.path.read_text() == "recorded"


def test_another_java_jar_or_flag_needs_another_cache(tmp_path: Path, java: Path, jar: Path) -> None:
    first = StartCache(tmp_path, java, [jar], ["-XX:+UseG1GC"]).path
    other_flags = StartCache(tmp_path, java, [jar], ["-XX:+UseZGC"]).path
    os.utime(jar, (1, 1))
    other_jar = StartCache(tmp_path, java, [jar], ["-XX:+UseG1GC"]).path
    (java.parents[1] / "lib" / "modules").write_text("25.0.3")
    other_java = StartCache(tmp_path, java, [jar], ["-XX:+UseG1GC"]).path
    assert len({first, other_flags, other_jar, other_java}) == 4


def test_a_new_cache_replaces_those_of_earlier_versions(tmp_path: Path, java: Path, jar: Path) -> None:
    stale = tmp_path / "0123456789abcdef.aot"
    stale.write_text("stale")
    training = StartCache(tmp_path, java, [jar], []).training(tmp_path)
    assert training
    training.write_text("recorded")
    adopt(training)
    assert [path.read_text() for path in tmp_path.glob("*.aot")] == ["recorded"]
