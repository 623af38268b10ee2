"""Receipt printers: one contract upward; transport, status decoding and models below it."""
