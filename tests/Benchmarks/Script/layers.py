# The UNet's blocks, with the operations of the C# network. Weights come in the checkpoint's order.


def sinusoid(timesteps: Tensor, width: int) -> Tensor:
    half = width // 2
    exponents = torch.arange(0, half, dtype=6) * (-9.210340371976184 / half)  # 6: float32; ln 10000
    angles = torch.to(timesteps, 6).unsqueeze(1) * exponents.exp().unsqueeze(0)
    return torch.cat([angles.cos(), angles.sin()], -1)


def time_embedding(timesteps: Tensor, weight0: Tensor, bias0: Tensor, weight2: Tensor, bias2: Tensor) -> Tensor:
    h = torch.to(sinusoid(timesteps, weight0.size(1)), weight0.dtype)
    return torch.silu(torch.linear(torch.silu(torch.linear(h, weight0, bias0)), weight2, bias2))


def convolution(x: Tensor, stride: int, weight: Tensor, bias: Tensor) -> Tensor:
    padding = weight.size(2) // 2
    return torch.conv2d(x, weight, bias, [stride, stride], [padding, padding])


def over_tokens(tokens: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    return torch.linear(tokens, weight.view([weight.size(0), weight.size(1)]), bias)


def group_norm(x: Tensor, groups: int, epsilon: float, weight: Tensor, bias: Tensor) -> Tensor:
    if weight.size(0) < 8 * groups:
        x = x.contiguous()
    return torch.group_norm(x, groups, weight, bias, epsilon)


def layer_norm(x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    return torch.layer_norm(x, [weight.size(0)], weight, bias, 1e-5)


def activated(x: Tensor, groups: int, norm_weight: Tensor, norm_bias: Tensor) -> Tensor:
    return torch.silu(group_norm(x, groups, 1e-5, norm_weight, norm_bias))


def residual(x: Tensor, time: Tensor, in_groups: int, out_groups: int,
             norm1: Tensor, norm1_bias: Tensor, conv1: Tensor, conv1_bias: Tensor, shift: Tensor, shift_bias: Tensor,
             norm2: Tensor, norm2_bias: Tensor, conv2: Tensor, conv2_bias: Tensor,
             skip: Optional[Tensor] = None, skip_bias: Optional[Tensor] = None) -> Tensor:
    h = convolution(activated(x, in_groups, norm1, norm1_bias), 1, conv1, conv1_bias)
    h = h + torch.linear(time, shift, shift_bias).unsqueeze(2).unsqueeze(3)
    h = convolution(activated(h, out_groups, norm2, norm2_bias), 1, conv2, conv2_bias)
    if skip is not None:
        x = torch.conv2d(x, skip, skip_bias)
    return h.add_(x)


def to_tokens(x: Tensor, groups: int, norm: Tensor, norm_bias: Tensor, proj: Tensor, proj_bias: Tensor) -> Tensor:
    b, c, h, w = x.size()
    return over_tokens(group_norm(x, groups, 1e-6, norm, norm_bias).permute([0, 2, 3, 1]).reshape([b, h * w, c]), proj, proj_bias)


def to_pixels(tokens: Tensor, x: Tensor, proj: Tensor, proj_bias: Tensor) -> Tensor:
    b, c, h, w = x.size()
    return over_tokens(tokens, proj, proj_bias).view([b, h, w, c]).permute([0, 3, 1, 2]) + x


def split(x: Tensor, heads: int) -> Tensor:
    return x.view([x.size(0), x.size(1), heads, -1]).transpose(1, 2)


def attention(x: Tensor, context: Tensor, heads: int, q: Tensor, k: Tensor, v: Tensor, out: Tensor, out_bias: Tensor) -> Tensor:
    keys, values = split(torch.linear(context, k), heads), split(torch.linear(context, v), heads)
    attended = torch.scaled_dot_product_attention(split(torch.linear(x, q), heads), keys, values)
    return torch.linear(attended.transpose(1, 2).flatten(2), out, out_bias)


def feed_forward(x: Tensor, proj: Tensor, proj_bias: Tensor, out: Tensor, out_bias: Tensor) -> Tensor:
    value, gate = torch.linear(x, proj, proj_bias).chunk(2, -1)
    return torch.linear(torch.gelu(gate).mul_(value), out, out_bias)


def transformer(x: Tensor, context: Tensor, heads: int,
                q1: Tensor, k1: Tensor, v1: Tensor, out1: Tensor, out1_bias: Tensor,
                proj: Tensor, proj_bias: Tensor, back: Tensor, back_bias: Tensor,
                q2: Tensor, k2: Tensor, v2: Tensor, out2: Tensor, out2_bias: Tensor,
                norm1: Tensor, norm1_bias: Tensor, norm2: Tensor, norm2_bias: Tensor,
                norm3: Tensor, norm3_bias: Tensor) -> Tensor:
    normed = layer_norm(x, norm1, norm1_bias)
    x = attention(normed, normed, heads, q1, k1, v1, out1, out1_bias).add_(x)
    x = attention(layer_norm(x, norm2, norm2_bias), context, heads, q2, k2, v2, out2, out2_bias).add_(x)
    return feed_forward(layer_norm(x, norm3, norm3_bias), proj, proj_bias, back, back_bias).add_(x)


def doubled(x: Tensor) -> Tensor:
    b, c, h, w = x.size()
    repeated = x.permute([0, 2, 3, 1]).view([b, h, 1, w, 1, c]).expand([b, h, 2, w, 2, c])
    return repeated.reshape([b, 2 * h, 2 * w, c]).permute([0, 3, 1, 2])
