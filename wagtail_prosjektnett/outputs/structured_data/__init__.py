"""What search engines are told of pages of networks, in the words of schema.org: pages in, JSON-LD out."""
