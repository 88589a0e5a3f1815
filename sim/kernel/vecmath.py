"""The exponential and the logarithm, in plain arithmetic: the same to the bit everywhere, and many at a time.

A system's own library would be called for one number after the other, and differs between systems in the last bit. What
stands here is compiled into the loop around it, where a processor does eight numbers at once. Errors are below one unit
in the last place: the methods and constants are those of fdlibm (Sun Microsystems 1993, __ieee754_exp and
__ieee754_log), without its branches; tested against the system's functions.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.kernel.compiled import rule

_LN2_HIGH, _LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
_ONE_OVER_LN2 = 1.44269504088896338700
_TO_WHOLE = 1.5 * 2.0**52
"""Added to a small number, this rounds it to a whole one, which then stands in the lowest bits."""
_WHOLE_BITS = 0x4338000000000000
_SQRT_HALF_BITS = 0x3FE6A09E667F3BCD
_ONE_EXPONENT, _MANTISSA = 1023, 52
_LOWEST, _HIGHEST = -708.0, 709.0
"""Beyond these an exponential is 0, or as large as numbers are."""

_E1, _E2, _E3 = 1.66666666666666019037e-01, -2.77777777770155933842e-03, 6.61375632143793436117e-05
_E4, _E5 = -1.65339022054652515390e-06, 4.13813679705723846039e-08
_L1, _L2, _L3 = 6.666666666666735130e-01, 3.999999999940941908e-01, 2.857142874366239149e-01
_L4, _L5, _L6 = 2.222219843214978396e-01, 1.818357216161805012e-01, 1.531383769920937332e-01
_L7 = 1.479819860511658591e-01

_double: Any = np.float64
_whole: Any = np.int64


@rule(forceinline=True)
def exp(x: float) -> float:
    """Euler's number to the power of ``x``; 0 below -708, and e**709 above 709."""
    kept = min(max(x, _LOWEST), _HIGHEST)
    shifted = _double(kept * _ONE_OVER_LN2 + _TO_WHOLE)
    k = shifted - _TO_WHOLE
    high, low = kept - k * _LN2_HIGH, k * _LN2_LOW
    r = high - low
    square = r * r
    c = r - square * (_E1 + square * (_E2 + square * (_E3 + square * (_E4 + square * _E5))))
    part = 1.0 - ((low - (r * c) / (2.0 - c)) - high)  # e**r, of which there are 2**k
    power: float = part * _whole((shifted.view(np.int64) - _WHOLE_BITS + _ONE_EXPONENT) << _MANTISSA).view(np.float64)
    return power if x >= _LOWEST else 0.0


@rule(forceinline=True)
def log(x: float) -> float:
    """The natural logarithm of a normal number above 0 (from 2.3e-308, and below infinity)."""
    bits = _double(x).view(np.int64)
    k = (bits - _SQRT_HALF_BITS) >> _MANTISSA
    f = _whole(bits - (k << _MANTISSA)).view(np.float64) - 1.0  # x = 2**k (1 + f), 1 + f from 0.71 to 1.41
    s, half_square, whole = f / (2.0 + f), 0.5 * f * f, _double(k)
    z = s * s
    w = z * z
    even, odd = w * (_L2 + w * (_L4 + w * _L6)), z * (_L1 + w * (_L3 + w * (_L5 + w * _L7)))
    logarithm: float = whole * _LN2_HIGH - ((half_square - (s * (half_square + (even + odd)) + whole * _LN2_LOW)) - f)
    return logarithm
