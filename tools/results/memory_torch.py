"""PyTorch on temporal order and adding at the published sizes, in several draws: a check on ours.

Run: python tools/results/memory_torch.py (PyTorch 2.13, one thread). What is done is kept in
results/memory_torch.json after every run, and a run that stands there is not made again.
"""

import datetime
import json
import pathlib
import platform
import time

import torch
from torch import nn

FILE = pathlib.Path(__file__).parents[2] / "results" / "memory_torch.json"
BATCH, TESTED, MOST = 64, 2000, 5000
SEEDS = [1, 2, 3, 4, 5]
KERAS = {"input": "glorot", "recurrent": "orthogonal", "bias": "zero", "output": "glorot"}
TORCH = {"input": "torch", "recurrent": "torch", "bias": "torch", "output": "torch"}
ORDER = {"task": "temporal order", "length": 100, "hiddenSize": 50, "clip": 1}
ADDING = {"task": "adding", "length": 50, "hiddenSize": 64}
NETWORKS = {
    "LSTM, PyTorch's draw, bias + 1": {**ORDER, **TORCH, "cell": "lstm", "forgetBias": 1},
    "LSTM orthogonal, bias 1": {**ORDER, **KERAS, "cell": "lstm", "forgetBias": 1},
    "LSTM orthogonal, bias 0": {**ORDER, **KERAS, "cell": "lstm", "forgetBias": 0},
    "GRU orthogonal, not clipped": {**ADDING, **KERAS, "cell": "gru"},
    "LSTM orthogonal, bias 1, not clipped": {**ADDING, **KERAS, "cell": "lstm", "forgetBias": 1},
    "tanh, orthogonal, Glorot input, not clipped": {**ADDING, **KERAS, "cell": "tanh"},
}


def batch(task, length, count, random):
    """Inputs [time, batch, channels] and answers [batch], the tasks of lib/sources."""
    rows = torch.arange(count)
    if task == "adding":
        inputs = torch.zeros(length, count, 2)
        inputs[..., 0] = torch.rand(length, count, generator=random)
        first = torch.randint(0, length // 2, (count,), generator=random)
        second = torch.randint(length // 2, length, (count,), generator=random)
        inputs[first, rows, 1] = inputs[second, rows, 1] = 1
        return inputs, inputs[first, rows, 0] + inputs[second, rows, 0]
    ids = torch.randint(0, 4, (length, count), generator=random)
    ids[0], ids[-1] = 6, 7
    tenth = length // 10
    first = torch.randint(tenth, 2 * tenth, (count,), generator=random)
    second = torch.randint(5 * tenth, 6 * tenth, (count,), generator=random)
    x, y = (torch.randint(0, 2, (count,), generator=random) for _ in range(2))
    ids[first, rows], ids[second, rows] = 4 + x, 4 + y
    return nn.functional.one_hot(ids, 8).float(), 2 * x + y


def network(cell, hidden, draw, adding):
    """A recurrent layer and its output, drawn as told; each gate's matrix on its own."""
    kind = {"lstm": nn.LSTM, "gru": nn.GRU}.get(cell, nn.RNN)
    layer, output = kind(2 if adding else 8, hidden), nn.Linear(hidden, 1 if adding else 4)
    draws = {"glorot": nn.init.xavier_uniform_, "orthogonal": nn.init.orthogonal_}
    for weights, how in [(layer.weight_ih_l0, "input"), (layer.weight_hh_l0, "recurrent")]:
        for gate in weights.data.split(hidden):
            draws.get(draw[how], lambda _: None)(gate)
    if draw["bias"] == "zero":
        nn.init.zeros_(layer.bias_ih_l0), nn.init.zeros_(layer.bias_hh_l0)
    if "forgetBias" in draw:
        layer.bias_ih_l0.data[hidden : 2 * hidden] += draw["forgetBias"]
    if draw["output"] == "glorot":
        nn.init.xavier_uniform_(output.weight), nn.init.zeros_(output.bias)
    return layer, output


def run(settings, seed):
    """Trains until a test is passed; the same fields as lib/training/train_task.ts returns."""
    task, length, adding = settings["task"], settings["length"], settings["task"] == "adding"
    torch.manual_seed(seed)
    layer, output = network(settings["cell"], settings["hiddenSize"], settings, adding)
    random = torch.Generator().manual_seed(1000 + seed)
    test = batch(task, length, TESTED, torch.Generator().manual_seed(2000 + seed))
    parameters = [*layer.parameters(), *output.parameters()]
    adam = torch.optim.Adam(parameters, 1e-3)
    for update in range(1, MOST + 1):
        inputs, answers = batch(task, length, BATCH, random)
        scores = output(layer(inputs)[0][-1])
        loss = (
            nn.functional.mse_loss(scores[:, 0], answers)
            if adding
            else nn.functional.cross_entropy(scores, answers)
        )
        adam.zero_grad()
        loss.backward()
        if "clip" in settings:
            nn.utils.clip_grad_norm_(parameters, settings["clip"])
        adam.step()
        if update % 250:
            continue
        with torch.no_grad():
            scores = output(layer(test[0])[0][-1])
            wrong = (scores[:, 0] - test[1]) ** 2 if adding else scores.argmax(1) != test[1]
        error = wrong.float().mean().item()
        if error < 0.01:
            break
    return {"solved": error < 0.01, "updates": update, "testError": error}


def store(values, seconds):
    result = {
        "name": "memory_torch",
        "command": "python tools/results/memory_torch.py",
        "settings": {"batchSize": BATCH, "maxUpdates": MOST, "testEvery": 250,
                     "testSequences": TESTED, "optimizer": "Adam, 0.001", "networks": NETWORKS},
        "seeds": SEEDS,
        "engine": "PyTorch, CPU, 1 thread",
        "seconds": round(seconds, 1),
        "values": values,
        "versions": {"python": platform.python_version(), "torch": torch.__version__},
        "madeOn": datetime.date.today().isoformat(),
    }
    FILE.write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n")


torch.set_num_threads(1)
before = json.loads(FILE.read_text()) if FILE.exists() else {"values": [], "seconds": 0}
values, spent = before["values"], before["seconds"]
for remedy, settings in NETWORKS.items():
    for seed in SEEDS:
        if any(one["remedy"] == remedy and one["seed"] == seed for one in values):
            continue
        began = time.time()
        own = {"task": settings["task"], "remedy": remedy, "length": settings["length"]}
        values.append({**own, "seed": seed, **run(settings, seed)})
        spent += time.time() - began
        store(values, spent)
        print(values[-1], flush=True)
