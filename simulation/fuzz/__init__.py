"""Arbitrary bytes against everything that reads a wire, and a fuzzer to look for more of them."""
