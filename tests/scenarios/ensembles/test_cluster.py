"""One process, two workers of a real local cluster, and a worker killed half-way give the same bytes."""

import os
import signal

import pytest

import workbench as wb
from workbench.scenarios.ensembles import Chance, Lognormal
from workbench.scenarios.ensembles.drawing import BLOCK

KDSP = "kdsp2-every-county-qualifies"
DOUBTS = {"fx.kes_per_usd": Lognormal(median=130, sigma=0.1), "conditions.*": Chance(probability=0.8)}
TOGETHER = {("fx.kes_per_usd", "conditions.Lamu"): 0.7, ("fx.kes_per_usd", "conditions.Wajir"): -0.3}
DRAWS = 60 * BLOCK + 7

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("default")]


@pytest.fixture(scope="module")
def alone():
    return wb.ensemble(KDSP, DRAWS, inputs=DOUBTS, correlations=TOGETHER, seed=4)


@pytest.fixture
def client():
    from distributed import Client, LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
        yield client


def test_two_workers_give_the_same_bytes_as_one_process(alone, client):
    together = wb.ensemble(KDSP, DRAWS, inputs=DOUBTS, correlations=TOGETHER, seed=4, client=client)
    assert together.content_hash == alone.content_hash
    assert together.text == alone.text
    # What a record says is drawn again on the cluster, and is the same.
    assert wb.reproduce(alone.record, client=client).byte_for_byte


def test_a_worker_killed_half_way_changes_nothing_in_the_answer(alone, client):
    killed = []

    def kill_one(done, whole):
        if done >= whole / 4 and not killed:
            address, info = next(iter(client.run(os.getpid).items()))
            killed.append(address)
            os.kill(info, signal.SIGKILL)

    together = wb.ensemble(KDSP, DRAWS, inputs=DOUBTS, correlations=TOGETHER, seed=4, client=client, progress=kill_one)
    assert killed
    assert together.draws == DRAWS
    assert together.content_hash == alone.content_hash
