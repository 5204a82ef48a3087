"""The key of the store: one secret, in one of three places; moving it is crash-safe (docs/decisions/066)."""

from sync.keys.places import Place, Where
from sync.keys.sealed import Asks
from sync.keys.store_key import StoreKey

__all__ = ["Asks", "Place", "StoreKey", "Where"]
