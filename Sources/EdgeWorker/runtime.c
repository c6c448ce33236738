/* What Embedded Swift asks of the C library: memory, and little else. */

typedef unsigned char byte;
typedef unsigned long long word;
typedef __SIZE_TYPE__ size;

/* Memory grows and never shrinks. Pieces have sizes that are powers of two; free ones of a size are a list. A head of 16
   bytes, which keeps what follows aligned, holds the size. */
enum { HEAD = 16, SMALLEST = 5, SIZES = 32, PAGE = 65536 };

extern byte __heap_base; /* The linker aligns it to 16. */
static byte *top = &__heap_base;
static void *free_pieces[SIZES];

void *malloc(size count) {
  int power = SMALLEST;
  byte *piece;
  if (count > ((size)1 << 30)) return 0;
  while (((size)1 << power) < count + HEAD) power++;
  if (free_pieces[power]) {
    piece = free_pieces[power];
    free_pieces[power] = *(void **)(piece + HEAD);
  } else {
    size have = __builtin_wasm_memory_size(0) * PAGE, need = (size)top + ((size)1 << power);
    if (need < (size)top) return 0;
    if (need > have && __builtin_wasm_memory_grow(0, (need - have + PAGE - 1) / PAGE) == (size)-1) return 0;
    piece = top;
    top = (byte *)need;
  }
  *(int *)piece = power;
  return piece + HEAD;
}

void free(void *memory) {
  if (!memory) return;
  byte *piece = (byte *)memory - HEAD;
  int power = *(int *)piece;
  *(void **)memory = free_pieces[power];
  free_pieces[power] = piece;
}

int posix_memalign(void **memory, size alignment, size count) {
  if (alignment > HEAD) return 22;
  *memory = malloc(count);
  return *memory ? 0 : 12;
}

/* Bulk memory instructions; the compiler makes calls of these three of plain loops. */
void *memcpy(void *restrict to, const void *restrict from, size count) {
  __asm__("local.get %0\n local.get %1\n local.get %2\n memory.copy 0, 0" : : "r"(to), "r"(from), "r"(count) : "memory");
  return to;
}

void *memmove(void *to, const void *from, size count) { return memcpy(to, from, count); }

void *memset(void *to, int value, size count) {
  __asm__("local.get %0\n local.get %1\n local.get %2\n memory.fill 0" : : "r"(to), "r"(value), "r"(count) : "memory");
  return to;
}

int memcmp(const void *left, const void *right, size count) {
  const byte *a = left, *b = right;
  for (size place = 0; place < count; place++)
    if (a[place] != b[place]) return a[place] < b[place] ? -1 : 1;
  return 0;
}

/* The product of two integers of 128 bits; checked multiplication of 64 bits calls it. */
__int128 __multi3(__int128 left, __int128 right) {
  const word mask = 0xffffffff;
  word low = left, other_low = right;
  word a = low & mask, b = low >> 32, c = other_low & mask, d = other_low >> 32;
  word first = a * c, second = (first >> 32) + b * c, third = (second & mask) + a * d;
  word high = b * d + (second >> 32) + (third >> 32) + low * (word)(right >> 64) + (word)(left >> 64) * other_low;
  return (__int128)high << 64 | (first & mask) | third << 32;
}
