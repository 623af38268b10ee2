"""The touchscreen of the terminal: QML screens over view models that are fed with snapshots.

The room shows what `kiosk.terminal.snapshot` says and posts what the finger touched. It holds no
rule about money, computes no sum and never talks to a device, the journal or the network.
"""
