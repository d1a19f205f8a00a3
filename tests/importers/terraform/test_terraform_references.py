"""What order of making and identifiers tell beyond the tables."""

from pathlib import Path

from cmdb.reconciliation import Relation
from importers.terraform.references import MOST_INSTANCES
from tests.importers.contract import Reading
from tests.importers.terraform.states import arn, many, one, read_states, state

QUEUE = arn("sqs", "jobs")
TABLE = arn("dynamodb", "table/jobs")
WORKER = arn("lambda", "function:worker")


def soft(reading: Reading, native_id: str) -> list[Relation]:
    return [r for r in reading.things[native_id].relations or () if r.get("strength") == "soft"]


def queue(**more: str) -> dict[str, object]:
    return one("aws_sqs_queue", "jobs", id="https://sqs/jobs", arn=QUEUE, name="jobs", **more)


def table(*needs: str) -> dict[str, object]:
    return one("aws_dynamodb_table", "jobs", needs, id="jobs", arn=TABLE, name="jobs")


def worker(*needs: str, **more: str) -> dict[str, object]:
    return one(
        "aws_lambda_function", "worker", needs, id="worker", arn=WORKER, function_name="worker", **more
    )


def test_made_after_is_a_soft_dependency(tmp_path: Path) -> None:
    reading = read_states(tmp_path, s=state(queue(), worker("aws_sqs_queue.jobs")))
    assert soft(reading, WORKER) == [{"type": "depends_on", "to": QUEUE, "strength": "soft"}]
    assert not soft(reading, QUEUE)


def test_only_the_nearest_of_a_chain_counts(tmp_path: Path) -> None:
    # Terraform writes the whole chain: the worker was made after the table, and the table after the queue.
    reading = read_states(
        tmp_path,
        s=state(
            queue(), table("aws_sqs_queue.jobs"), worker("aws_dynamodb_table.jobs", "aws_sqs_queue.jobs")
        ),
    )
    assert [r["to"] for r in soft(reading, WORKER)] == [TABLE]
    assert [r["to"] for r in soft(reading, TABLE)] == [QUEUE]


def test_what_is_left_out_is_looked_through(tmp_path: Path) -> None:
    role = one("aws_iam_role", "worker", ("aws_sqs_queue.jobs",), id="worker")
    reading = read_states(tmp_path, s=state(queue(), role, worker("aws_iam_role.worker")))
    assert [r["to"] for r in soft(reading, WORKER)] == [QUEUE]


def test_several_instances_of_one_resource_stand_in_for_one_another(tmp_path: Path) -> None:
    nodes = many("aws_instance", "consul", *({"id": f"i-0000000{n}"} for n in (1, 2, 3)))
    reading = read_states(tmp_path, s=state(nodes, worker("aws_instance.consul")))
    assert [(r["to"], r["need"], r["assumed"]) for r in soft(reading, WORKER)] == [
        (f"i-0000000{n}", 1, True) for n in (1, 2, 3)
    ]
    assert len(reading.groups) == 1


def test_what_is_counted_alike_goes_in_pairs(tmp_path: Path) -> None:
    nodes = many("aws_instance", "node", *({"id": f"i-0000000{n}"} for n in (1, 2)))
    queues = ({"id": f"q{n}", "arn": f"{QUEUE}{n}", "name": f"q{n}"} for n in (1, 2))
    reading = read_states(
        tmp_path, s=state(nodes, many("aws_sqs_queue", "q", *queues, needs=("aws_instance.node",)))
    )
    assert [[r["to"] for r in soft(reading, f"{QUEUE}{n}")] for n in (1, 2)] == [
        ["i-00000001"],
        ["i-00000002"],
    ]


def test_so_many_instances_say_nothing_of_one(tmp_path: Path) -> None:
    nodes = many("aws_instance", "node", *({"id": f"i-{n:08x}"} for n in range(MOST_INSTANCES + 1)))
    assert not soft(read_states(tmp_path, s=state(nodes, worker("aws_instance.node"))), WORKER)


def test_what_an_attribute_tells_already_is_not_told_again(tmp_path: Path) -> None:
    mapping = one(
        "aws_lambda_event_source_mapping",
        "jobs",
        ("aws_sqs_queue.jobs", "aws_lambda_function.worker"),
        id="1",
        function_name=WORKER,
        event_source_arn=QUEUE,
    )
    reading = read_states(tmp_path, s=state(queue(), worker("aws_sqs_queue.jobs"), mapping))
    assert not soft(reading, WORKER)
    assert reading.provides(WORKER, "depends_on") == {QUEUE}


def test_an_identifier_in_any_attribute_refers_to_its_thing_in_another_state(tmp_path: Path) -> None:
    reading = read_states(tmp_path, a=state(queue()), b=state(worker(dead_letter=QUEUE)))
    assert [r["to"] for r in soft(reading, WORKER)] == [QUEUE]


def test_nothing_leads_back(tmp_path: Path) -> None:
    mapping = one(
        "aws_lambda_event_source_mapping", "jobs", id="1", function_name=WORKER, event_source_arn=QUEUE
    )
    reading = read_states(tmp_path, s=state(queue(redrive=WORKER), worker(), mapping))
    assert not soft(reading, QUEUE)  # the worker depends on it


def test_each_instance_of_a_module_refers_within_itself(tmp_path: Path) -> None:
    def cell(n: int) -> list[dict[str, object]]:
        function = one(
            "aws_lambda_function",
            "worker",
            ("module.cell.aws_sqs_queue.jobs",),
            id=f"w{n}",
            arn=f"{WORKER}{n}",
            function_name=f"w{n}",
        )
        jobs = one("aws_sqs_queue", "jobs", id=f"q{n}", arn=f"{QUEUE}{n}", name=f"q{n}")
        return [{**one_, "module": f'module.cell["x.{n}"]'} for one_ in (function, jobs)]

    reading = read_states(tmp_path, s=state(*cell(1), *cell(2)))
    assert [r["to"] for r in soft(reading, f"{WORKER}1")] == [f"{QUEUE}1"]
    assert [r["to"] for r in soft(reading, f"{WORKER}2")] == [f"{QUEUE}2"]
