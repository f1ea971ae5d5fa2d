package io.backhaul.transfer;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Tells public addresses from those that only mean something inside a network (IANA special-purpose registries). */
public final class Addresses {
    private static final List<Block> SPECIAL = List.of(
            // 100.64.0.0/10 is where clouds put internal stores and their metadata service (100.100.100.200)
            Block.of("0.0.0.0", 8),
            Block.of("10.0.0.0", 8),
            Block.of("100.64.0.0", 10),
            Block.of("127.0.0.0", 8),
            Block.of("169.254.0.0", 16),
            Block.of("172.16.0.0", 12),
            Block.of("192.0.0.0", 24),
            Block.of("192.0.2.0", 24),
            Block.of("192.168.0.0", 16),
            Block.of("198.18.0.0", 15),
            Block.of("198.51.100.0", 24),
            Block.of("203.0.113.0", 24),
            // multicast, reserved, broadcast
            Block.of("224.0.0.0", 3));

    /** Global unicast; less the blocks below it that carry an IPv4 address or no host: 6to4, Teredo, documentation. */
    private static final Block GLOBAL_V6 = Block.of("2000::", 3);

    private static final List<Block> SPECIAL_V6 =
            List.of(Block.of("2001::", 23), Block.of("2001:db8::", 32), Block.of("2002::", 16));

    private Addresses() {}

    /** Whether it is one of the open internet. */
    public static boolean isPublic(InetAddress address) {
        if (address.getAddress().length == 4) {
            return SPECIAL.stream().noneMatch(block -> block.contains(address));
        }
        return GLOBAL_V6.contains(address) && SPECIAL_V6.stream().noneMatch(block -> block.contains(address));
    }

    private record Block(int width, BigInteger prefix, int bits) {
        static Block of(String address, int bits) {
            try {
                // a literal: nothing is looked up
                var bytes = InetAddress.getByName(address).getAddress();
                return new Block(bytes.length, prefix(bytes, bits), bits);
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException("not an address: " + address, e);
            }
        }

        boolean contains(InetAddress address) {
            var bytes = address.getAddress();
            return bytes.length == width && prefix(bytes, bits).equals(prefix);
        }

        private static BigInteger prefix(byte[] bytes, int bits) {
            return new BigInteger(1, bytes).shiftRight(bytes.length * 8 - bits);
        }
    }
}
