/**
 * What an independent implementation reached at two tasks of the literature (Hochreiter and
 * Schmidhuber 1997; Le, Jaitly and Hinton 2015), by network as our stored results name it: runs of
 * five that solve temporal order (T = 100, 50 units), and updates until adding (T = 50, 64 units) is
 * solved. Both with Adam at 0.001, batches of 64 and at most 5,000 updates.
 */
export const publishedFigures: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "temporal order": {
    "LSTM, forget bias 1": "5 of 5",
    "LSTM orthogonal, bias 1": "5 of 5",
    "LSTM, PyTorch's draw, bias + 1": "5 of 5",
    "LSTM, forget bias 0": "0 of 5",
    "LSTM orthogonal, bias 0": "0 of 5",
    "relu, identity (IRNN)": "5 of 5",
    "tanh, Gaussian 0.1": "0 of 5",
  },
  "adding": {
    ...both("GRU", "GRU orthogonal", "750 updates"),
    ...both("LSTM, forget bias 1", "LSTM orthogonal, bias 1", "1750 to 2000 updates"),
    "relu, identity (IRNN)": "2750 to 3000 updates",
    ...both("tanh, orthogonal", "tanh, orthogonal, Glorot input", "4250 to 4750 updates"),
    "tanh, orthogonal, one bias, not clipped": "4250 to 4750 updates",
    ...both("tanh, Gaussian 0.1", "tanh, Gaussian 0.1", "more than 5000 updates"),
  },
};

function both(clipped: string, redrawn: string, figure: string): Record<string, string> {
  return { [clipped]: figure, [redrawn]: figure, [`${redrawn}, not clipped`]: figure };
}
