"""danvan: từ danh mục nhiệm vụ của thành phố đến văn bản của xã, phường, đặc khu."""

__version__ = "0.1.0"
