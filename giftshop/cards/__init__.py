"""Cards: programmes, batches, the cards of a batch and their redeem codes."""
