"""What the model lets survive: never less than was synced, never what was never there."""

from random import Random

import pytest

from simulation.power_cut.lossy_disk import SECTOR, Everything, LossyDisk, NothingMore, Torn
from simulation.power_cut.operations import (
    FolderSynced,
    Linked,
    Resized,
    Synced,
    Unlinked,
    Written,
)

OLD = b"o" * 4 * SECTOR
NEW = b"n" * 4 * SECTOR


def disk(*operations, **before):
    made = LossyDisk(before or {"a": OLD})
    for operation in operations:
        made.take(operation)
    return made


def torn_images(made, count=200):
    return [made.left(Torn(Random(seed))) for seed in range(count)]


A = LossyDisk({"a": b""}).names["a"]


def test_what_was_there_before_is_there_after():
    assert torn_images(disk(), 3) == [{"a": OLD}] * 3
    assert not disk().volatile


def test_a_write_is_lost_kept_or_torn_between_sectors():
    made = disk(Written(A, 0, NEW))
    assert made.left(NothingMore()) == {"a": OLD}
    assert made.left(Everything()) == {"a": NEW}
    images = {image["a"] for image in torn_images(made, 600)}
    assert len(images) == 2**4
    for image in images:
        sectors = {image[at : at + SECTOR] for at in range(0, len(image), SECTOR)}
        assert sectors <= {OLD[:SECTOR], NEW[:SECTOR]}


def test_a_sector_holds_any_content_since_the_sync_but_no_mixture():
    made = disk(Written(A, 0, b"1" * 100), Written(A, 100, b"2" * 100))
    begins = {image["a"][:200] for image in torn_images(made)}
    assert begins == {b"o" * 200, b"1" * 100 + b"o" * 100, b"1" * 100 + b"2" * 100}


def test_what_was_synced_is_never_lost():
    made = disk(Written(A, 0, NEW), Synced(A), Written(A, SECTOR, b"x" * SECTOR))
    for image in torn_images(made):
        assert image["a"][:SECTOR] == NEW[:SECTOR]
        assert image["a"][2 * SECTOR :] == NEW[2 * SECTOR :]


def test_a_file_that_grew_may_be_long_with_nothing_in_it():
    made = disk(Written(A, len(OLD), NEW[:SECTOR]))
    ends = {image["a"][len(OLD) :] for image in torn_images(made)}
    assert ends == {b"", NEW[:SECTOR], bytes(SECTOR)}


def test_a_file_that_was_cut_off_may_come_back():
    made = disk(Resized(A, 10), Written(A, 10, b"n" * 10))
    assert made.left(Everything()) == {"a": b"o" * 10 + b"n" * 10}
    images = [image["a"] for image in torn_images(made)]
    assert {len(image) for image in images} == {10, 20, len(OLD)}
    assert all(image.startswith(b"o" * 10) for image in images)


def test_names_appear_and_vanish_in_order_unless_the_folder_was_synced():
    renamed = (Linked("b", 0), Written(0, 0, b"x"), Synced(0), Unlinked("a"))
    images = torn_images(disk(*renamed))
    assert {tuple(image) for image in images} == {("a",), ("a", "b"), ("b",)}
    assert all(image["b"] == b"x" for image in images if "b" in image)
    assert torn_images(disk(*renamed, FolderSynced()), 3) == [{"b": b"x"}] * 3


def test_a_new_file_under_an_old_name_leaves_the_old_one_or_the_new_one():
    made = disk(Unlinked("a"), Linked("a", 0), Written(0, 0, b"x"), Synced(0))
    assert {image.get("a") for image in torn_images(made)} == {OLD, None, b"x"}


def test_an_operation_on_a_file_that_was_never_there_is_an_error():
    with pytest.raises(KeyError):
        disk(Written(7, 0, b"x"))
