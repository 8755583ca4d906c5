"""PyTorch's side of the benchmark: reads JSON lines, answers each with one."""

import json
import sys
import time

import torch
from torch import nn


class Model(nn.Module):
    def __init__(self, shape):
        super().__init__()
        config = shape["config"]
        kinds = {"gru": nn.GRU, "lstm": nn.LSTM}
        self.size = config["inputSize"]
        self.recurrent = kinds.get(config["cell"], nn.RNN)(
            self.size, config["hiddenSize"], config["layerCount"]
        )
        self.output = nn.Linear(config["hiddenSize"], config["outputSize"])

    def forward(self, ids, state=None):
        states, state = self.recurrent(nn.functional.one_hot(ids, self.size).float(), state)
        return self.output(states), state


OPTIMIZERS = {
    "sgd": torch.optim.SGD,
    "adagrad": torch.optim.Adagrad,
    "rmsprop": torch.optim.RMSprop,
    "adam": torch.optim.Adam,
}


class Session:
    def prepare(self, shape):
        torch.manual_seed(1)
        self.model = Model(shape)
        self.parameters = list(self.model.parameters())
        settings = shape["optimizer"]
        self.optimizer = OPTIMIZERS[settings["kind"]](self.parameters, lr=settings["learningRate"])
        sizes = (shape["timeSteps"], shape["batchSize"])
        self.inputs = torch.randint(shape["config"]["inputSize"], sizes)
        self.targets = torch.randint(shape["config"]["outputSize"], sizes)
        return {"torch": torch.__version__}

    def step(self, inputs, targets):
        self.optimizer.zero_grad()
        logits, _ = self.model(inputs)
        loss = nn.functional.cross_entropy(logits.flatten(0, 1), targets.flatten())
        loss.backward()
        nn.utils.clip_grad_norm_(self.parameters, 1.0)
        self.optimizer.step()
        return loss

    def run(self, threads, count):
        torch.set_num_threads(threads)
        start = time.perf_counter()
        for _ in range(count):
            self.step(self.inputs, self.targets)
        return {"milliseconds": (time.perf_counter() - start) * 1000}

    def train(self, threads, windows, epochs, validation):
        """D2L's setting: epochs over windows [batch][time + 1], a validation pass after each."""
        torch.set_num_threads(threads)
        windows, validation = (torch.tensor(w).transpose(1, 2) for w in (windows, validation))
        start = time.perf_counter()
        losses = []
        for _ in range(epochs):
            for ids in windows:
                self.step(ids[:-1], ids[1:])
            with torch.no_grad():
                total = 0.0
                for ids in validation:
                    logits, _ = self.model(ids[:-1])
                    total += nn.functional.cross_entropy(logits.flatten(0, 1), ids[1:].flatten()).item()
                losses.append(total / len(validation))
        return {"milliseconds": (time.perf_counter() - start) * 1000, "losses": losses}

    def generate(self, threads, count):
        """Characters drawn one by one, each the input of the next step."""
        torch.set_num_threads(threads)
        state, ids = None, torch.zeros((1, 1), dtype=torch.long)
        with torch.inference_mode():
            start = time.perf_counter()
            for _ in range(count):
                logits, state = self.model(ids, state)
                ids = torch.multinomial(torch.softmax(logits[0, 0], 0), 1)[None]
        return {"milliseconds": (time.perf_counter() - start) * 1000}


session = Session()
for line in sys.stdin:
    request = json.loads(line)
    answer = getattr(session, request["call"])(*request["arguments"])
    print(json.dumps(answer), flush=True)
