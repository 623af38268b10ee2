"""The font of the simulated printer (JetBrains Mono Medium, SIL Open Font License 1.1). Data only."""
