"""Durable post: what came in (inbox), what goes out (outbox), and the worker between them."""
